"""What stands on every questionnaire on paper, by the ISO code of the language. German is always beside."""

WORDS = {
    "de": {
        "tick": "Bitte kreuzen Sie an. Was Sie nicht beantworten möchten, lassen Sie frei.",
        "several": "Mehrere Antworten sind möglich.",
        "names": "Bitte schreiben Sie keine Namen.",
        "code": "Ihr Code wird mit Ihren Antworten verbraucht und sagt nur, aus welchem Haus sie kommen. "
        "Sie können damit auch im Internet antworten.",
        "back": "Bitte geben Sie nur diesen Bogen zurück, ohne Brief und ohne Namen",
        "until": "bis {until}",
    },
    "en": {
        "tick": "Please tick. Leave open what you do not want to answer.",
        "several": "Several answers are possible.",
        "names": "Please write no names.",
        "code": "Your code is used up with your answers and says only from which building they come. "
        "You can answer online with it instead.",
        "back": "Please return this questionnaire only, without the letter and without a name",
        "until": "by {until}",
    },
    "tr": {
        "tick": "Lütfen işaretleyin. Yanıtlamak istemediğiniz soruları boş bırakın.",
        "several": "Birden fazla yanıt verilebilir.",
        "names": "Lütfen isim yazmayın.",
        "code": "Kodunuz yanıtlarınızla birlikte geçersiz olur ve yalnızca yanıtların hangi binadan geldiğini gösterir. "
        "Bu kodla internetten de yanıt verebilirsiniz.",
        "back": "Lütfen yalnızca bu formu, mektup ve isim olmadan geri gönderin",
        "until": "en geç {until} tarihine kadar",
    },
    "ar": {
        "tick": "يرجى وضع علامة. اتركوا فارغًا ما لا تريدون الإجابة عنه.",
        "several": "يمكن اختيار أكثر من إجابة.",
        "names": "يرجى عدم كتابة أسماء.",
        "code": "يُستهلك رمزكم مع إجاباتكم ولا يدلّ إلا على المبنى الذي جاءت منه. يمكنكم أيضًا الإجابة به عبر الإنترنت.",
        "back": "يرجى إعادة هذا الاستبيان فقط، دون الرسالة ودون اسم",
        "until": "حتى {until}",
    },
    "ru": {
        "tick": "Пожалуйста, отметьте. То, на что вы не хотите отвечать, оставьте пустым.",
        "several": "Можно выбрать несколько ответов.",
        "names": "Пожалуйста, не пишите имён.",
        "code": "Ваш код используется один раз вместе с ответами и показывает только, из какого дома они пришли. "
        "С ним можно ответить и в интернете.",
        "back": "Пожалуйста, верните только эту анкету, без письма и без имени",
        "until": "до {until}",
    },
    "uk": {
        "tick": "Будь ласка, позначте. Те, на що не хочете відповідати, залиште порожнім.",
        "several": "Можна вибрати кілька відповідей.",
        "names": "Будь ласка, не пишіть імен.",
        "code": "Ваш код використовується один раз разом із відповідями й показує лише, з якого будинку вони надійшли. "
        "З ним можна відповісти й в інтернеті.",
        "back": "Будь ласка, поверніть лише цю анкету, без листа та без імені",
        "until": "до {until}",
    },
    "pl": {
        "tick": "Proszę zaznaczyć. Pytania, na które nie chcą Państwo odpowiadać, proszę zostawić puste.",
        "several": "Można zaznaczyć kilka odpowiedzi.",
        "names": "Proszę nie podawać nazwisk.",
        "code": "Kod zostaje zużyty wraz z odpowiedziami i mówi tylko, z którego budynku pochodzą. "
        "Można nim też odpowiedzieć przez internet.",
        "back": "Proszę zwrócić tylko tę ankietę, bez listu i bez nazwiska",
        "until": "do {until}",
    },
    "ro": {
        "tick": "Vă rugăm să bifați. Lăsați necompletate întrebările la care nu doriți să răspundeți.",
        "several": "Sunt posibile mai multe răspunsuri.",
        "names": "Vă rugăm să nu scrieți nume.",
        "code": "Codul se consumă odată cu răspunsurile și arată doar din ce clădire provin. Puteți răspunde cu el și pe internet.",
        "back": "Vă rugăm să returnați doar acest chestionar, fără scrisoare și fără nume",
        "until": "până la {until}",
    },
    "fa": {
        "tick": "لطفاً علامت بزنید. آنچه را نمی‌خواهید پاسخ دهید خالی بگذارید.",
        "several": "چند پاسخ ممکن است.",
        "names": "لطفاً نامی ننویسید.",
        "code": "کد شما همراه با پاسخ‌ها مصرف می‌شود و فقط نشان می‌دهد از کدام ساختمان آمده‌اند. با آن می‌توانید در اینترنت هم پاسخ دهید.",
        "back": "لطفاً فقط همین پرسش‌نامه را بدون نامه و بدون نام برگردانید",
        "until": "تا {until}",
    },
}  # fmt: skip
