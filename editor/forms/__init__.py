"""The forms of an objective and its lists, the same at both doors; what they hold is saved by the verbs."""
