"""Files of stages: their formats, and how each is read into a table of the engine and written from one."""
