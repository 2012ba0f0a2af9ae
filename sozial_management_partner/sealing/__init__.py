"""What a sealed submission needs without a database: checks of uploaded files, receipts."""
