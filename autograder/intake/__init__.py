"""From a download, a zip or a folder to one student's files."""
