"""The offline model: OpenAI's HTTP protocol on loopback, answers by rules from the prompt's own text."""
