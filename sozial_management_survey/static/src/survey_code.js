/* A scanned code stands behind # in the address. It is taken over into the form and leaves the address and the history of the browser. */
document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("survey_code");
    const code = decodeURIComponent(window.location.hash.slice(1));
    if (form && code) {
        window.history.replaceState(null, "", window.location.pathname);
        form.elements.code.value = code;
        form.submit();
    }
});
