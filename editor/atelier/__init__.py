"""The atelier: where officers write a contract together in the browser."""
