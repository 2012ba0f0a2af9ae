class ProcedureError(ValueError):
    """A rule of the procedure is broken.

    :param code: what is wrong, a short word the caller has a sentence for
    :param params: what the sentence names
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return f"{self.code}: {self.params}" if self.params else self.code
