package face

import (
	"cmp"
	"io"
)

// Output is standard output that remembers its first failure to write, because cobra
// ignores the one of printing help.
type Output struct {
	To  io.Writer
	err error
}

// Write writes to standard output.
func (o *Output) Write(text []byte) (int, error) {
	n, err := o.To.Write(text)
	o.err = cmp.Or(o.err, err)
	return n, err
}
