package bulk

import (
	"context"
	"io"
	"os"
	"time"
)

// Result is the whole and verified result of an operation, in a file. It must be closed.
type Result struct {
	// TakenUp is when an earlier reading started the operation, the zero time when this one
	// did.
	TakenUp time.Time
	Digest  string // of the text, of the query, and of the shop's counts

	file *os.File // nil where the shop found nothing
}

// Lines calls take with each line that is not empty. A line is valid until take returns.
func (r *Result) Lines(ctx context.Context, take func(Line) error) error {
	if r.file == nil {
		return nil
	}
	if _, err := r.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	for lines := newLineReader(r.file); ; {
		line, err := lines.next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case line.empty():
			continue
		}
		if err := take(line); err != nil {
			return err
		}
	}
}

// Close removes the file. A nil Result may be closed.
func (r *Result) Close() {
	if r == nil || r.file == nil {
		return
	}
	_ = r.file.Close()           // nothing in it is needed
	_ = os.Remove(r.file.Name()) // on systems that do not remove an open file
}
