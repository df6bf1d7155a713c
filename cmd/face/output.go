package face

import (
	"cmp"
	"io"
)

// Output remembers that something could not be written, which whoever prints help
// does not.
type Output struct {
	To  io.Writer
	err error
}

// Write writes.
func (o *Output) Write(text []byte) (int, error) {
	n, err := o.To.Write(text)
	o.err = cmp.Or(o.err, err)
	return n, err
}
