package exit

// ReportedError is a failure that was already printed on standard output.
type ReportedError struct{ Err error }

func (e ReportedError) Error() string { return e.Err.Error() }

// Unwrap returns the failure.
func (e ReportedError) Unwrap() error { return e.Err }
