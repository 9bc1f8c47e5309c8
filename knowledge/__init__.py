"""Documents → passages → index → evidence → answer. Knows LangChain and Chroma, no SQL and no Telegram."""
