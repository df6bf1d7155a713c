package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/term"

	"github.com/eshopos/eshopctl/connector"
)

// Input is standard input. All that read lines share one, because it reads ahead.
type Input struct{ *bufio.Reader }

// NewInput is the input from a reader.
func NewInput(from io.Reader) Input { return Input{bufio.NewReader(from)} }

// longestLine is a limit in bytes, above anything that is typed or pasted.
const longestLine = 64 << 10

var errLongLine = &connector.Fault{Code: connector.Usage, Message: fmt.Sprintf("a line of more than %d kB came on standard input; nobody types that", longestLine>>10)}

// Line reads a line, or returns when ctx ends; a read that blocks goes on until the process
// ends.
func (i Input) Line(ctx context.Context) (string, error) { return UnlessDone(ctx, i.readLine) }

func (i Input) readLine() (string, error) {
	var line []byte
	for {
		part, err := i.ReadSlice('\n')
		if line = append(line, part...); len(line) > longestLine {
			return "", errLongLine
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return string(line), err
		}
	}
}

// More reports whether more input came together with the last line.
func (i Input) More() bool { return i.Buffered() > 0 }

// untilInputShows is how long MayCome waits for the end of the input.
const untilInputShows = 300 * time.Millisecond

// MayCome reports whether the input has not ended yet, so that a line may still come.
func (i Input) MayCome(ctx context.Context) bool {
	ended := make(chan bool, 1)
	go func() {
		_, err := i.Peek(1)
		ended <- err != nil
	}()
	select {
	case end := <-ended:
		return !end
	case <-time.After(untilInputShows):
		return true
	case <-ctx.Done():
		return false
	}
}

// ReadUnseen reads a line without echo, and turns the echo on again whatever happens.
func ReadUnseen(ctx context.Context, terminal int) (string, error) {
	if before, err := term.GetState(terminal); err == nil {
		defer term.Restore(terminal, before) //nolint:errcheck // there is nothing else to try
	}
	return UnlessDone(ctx, func() (string, error) {
		text, err := term.ReadPassword(terminal)
		return string(text), err
	})
}

// UnlessDone calls read, or returns the error of ctx when it ends first. The read then goes
// on, and its result is lost.
func UnlessDone(ctx context.Context, read func() (string, error)) (string, error) {
	type line struct {
		text string
		err  error
	}
	typed := make(chan line, 1)
	go func() {
		text, err := read()
		typed <- line{text, err}
	}()
	select {
	case l := <-typed:
		return l.text, l.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
