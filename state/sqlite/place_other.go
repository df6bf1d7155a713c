//go:build !linux && !darwin

package sqlite

// mayRead and mayWrite cannot be told here without opening the file.
func mayRead(string) error { return nil }

func mayWrite(string) error { return nil }

func roomAt(string) (bytes int64, known bool) { return 0, false }

func sizeLimit() (bytes int64, limited bool) { return 0, false }

func openLimit() (files int64, limited bool) { return 0, false }
