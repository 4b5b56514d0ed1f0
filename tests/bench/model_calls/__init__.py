"""A fan-out of model calls, and a join that checks every answer: the work of the model-call benchmark as a pipeline."""
