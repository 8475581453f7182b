"""The tabs of a model's detail, one file each."""
