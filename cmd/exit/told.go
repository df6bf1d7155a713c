package exit

// Told is a failure that standard output knows of already.
type Told struct{ Err error }

func (t Told) Error() string { return t.Err.Error() }

// Unwrap is the failure.
func (t Told) Unwrap() error { return t.Err }
