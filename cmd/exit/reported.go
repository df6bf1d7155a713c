package exit

// ReportedError is a failure that standard output knows of already.
type ReportedError struct{ Err error }

func (e ReportedError) Error() string { return e.Err.Error() }

// Unwrap is the failure.
func (e ReportedError) Unwrap() error { return e.Err }
