/* Sheets on paper: a hand scanner ends the code with Enter, which leads to the first question and does not send the sheet. */
document.addEventListener("DOMContentLoaded", () => {
    const code = document.getElementById("code");
    code?.addEventListener("keydown", (event) => {
        const first = code.form.querySelector("fieldset input, fieldset textarea");
        if (event.key === "Enter" && first) {
            event.preventDefault();
            first.focus();
        }
    });
});
