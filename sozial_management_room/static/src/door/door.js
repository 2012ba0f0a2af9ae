// Renews the sign every minute. Without a connection the sign stays and says so, instead of an error page for good.
const MINUTE = 60 * 1000;

async function renew() {
    try {
        const answer = await fetch(window.location.href, { cache: "no-store" });
        if (answer.status === 404) {
            window.location.reload(); // the address was withdrawn: show nothing any more
            return;
        }
        if (!answer.ok) {
            throw new Error(`status ${answer.status}`);
        }
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.body.replaceWith(page.body);
    } catch {
        document.body.classList.add("stale");
    }
}

window.setInterval(renew, MINUTE);
