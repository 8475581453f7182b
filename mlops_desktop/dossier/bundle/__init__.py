"""Parts of single models: printed once, kept by their facts' digest, bound into one file."""
