"""Facts and opinions as lists with a card each: code holds no proper noun."""
