"""What each part of a dossier prints, one file a section."""
