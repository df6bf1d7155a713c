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

// Input is standard input, of which everything may be read but nothing twice.
type Input struct{ *bufio.Reader }

// NewInput reads what is typed from there.
func NewInput(from io.Reader) Input { return Input{bufio.NewReader(from)} }

// longestLine is more than anybody types or pastes.
const longestLine = 64 << 10

var errLongLine = &connector.Fault{Code: connector.Usage, Message: fmt.Sprintf("a line of more than %d kB came on standard input; nobody types that", longestLine>>10)}

// Line reads a line, unless ctx ends first. A read that is blocked then ends with
// the process.
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

// More reports whether something came with the line that was read last, behind it.
func (i Input) More() bool { return i.Buffered() > 0 }

// untilInputShows is how long it may take until it shows that nobody writes to
// standard input.
const untilInputShows = 300 * time.Millisecond

// MayCome reports whether a line may still come, which is not so when the input
// is at its end already.
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

// ReadUnseen reads a line that the terminal does not show, and has it show again
// what is typed whatever happens.
func ReadUnseen(ctx context.Context, terminal int) (string, error) {
	if before, err := term.GetState(terminal); err == nil {
		defer term.Restore(terminal, before) //nolint:errcheck // there is nothing else to try
	}
	return UnlessDone(ctx, func() (string, error) {
		text, err := term.ReadPassword(terminal)
		return string(text), err
	})
}

// UnlessDone reads a line, or gives up when ctx is done: its error then. What is being read
// goes on, and is nobody's.
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
