// With a script taps are counted without loading the page anew; without one the form does the same.
(() => {
    const form = document.querySelector("form");
    const fill = (numbers) => {
        for (const [key, number] of Object.entries(numbers)) {
            document.getElementById(key).textContent = number;
        }
    };
    let last = Promise.resolve();
    form.addEventListener("submit", (ev) => {
        ev.preventDefault();
        const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, cell: ev.submitter.value });
        const send = async () => {
            try {
                const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "tally" } });
                if (!answer.ok) {
                    throw new Error(answer.status);
                }
                fill(await answer.json());
                document.body.classList.remove("offline");
            } catch {
                document.body.classList.add("offline");
            }
        };
        last = last.then(send); // one after the other: the last answer is the newest
    });
})();
