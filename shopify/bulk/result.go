package bulk

import (
	"context"
	"io"
	"os"
	"time"
)

// Result is the result of an operation, whole and verified, in a file. Close it.
type Result struct {
	TakenUp time.Time // when the operation was noted that was picked up; zero for a new one
	Digest  string    // of its text, of what was asked and of what the shop counted

	file *os.File // nil: nothing was found
}

// Lines gives the lines in which something stands. Their memory is used again.
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

// Close drops the file.
func (r *Result) Close() {
	if r == nil || r.file == nil {
		return
	}
	_ = r.file.Close()           // it is not needed any more
	_ = os.Remove(r.file.Name()) // where it could not be removed before
}
