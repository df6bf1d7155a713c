package given

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"
)

// How much is read, and for how long whoever writes into a pipe is waited for.
const (
	mostOfFile = 1 << 20
	mostOfPipe = 64 << 10
	patience   = 10 * time.Second
)

// File is what was read.
type File struct {
	Text []byte
	Info fs.FileInfo // of what was opened, links followed
}

// Files reads files. What comes through a pipe comes once: it is kept for whoever
// asks for it again. The zero value is ready.
type Files struct {
	reading  sync.Mutex
	kept     map[string]File
	patience time.Duration // with a pipe; 0 for the usual
}

// Read reads the file at path, or what another program writes into a pipe of that
// name. It ends with ctx. Errors do not name the path.
func (f *Files) Read(ctx context.Context, path string) (File, error) {
	f.reading.Lock()
	defer f.reading.Unlock()
	if kept, found := f.kept[path]; found {
		return kept, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return File{}, WithoutPath(err)
	}
	if null, err := os.Stat(os.DevNull); err == nil && os.SameFile(info, null) {
		return File{Info: info}, nil // people name it to give nothing
	}
	if err := checkReadable(info.Mode()); err != nil {
		return File{}, err
	}
	if info.Mode().IsRegular() {
		return readBefore(ctx, path, mostOfFile, errors.New("the disk does not answer"), patience)
	}
	read, err := readBefore(ctx, path, mostOfPipe, fmt.Errorf("it is a pipe, and nobody wrote and closed it within %s", f.waitingTime()),
		f.waitingTime())
	if err == nil {
		f.keepRead(path, read)
	}
	return read, err
}

func (f *Files) keepRead(path string, read File) {
	if f.kept == nil {
		f.kept = map[string]File{}
	}
	f.kept[path] = read
}

func (f *Files) waitingTime() time.Duration {
	if f.patience > 0 {
		return f.patience
	}
	return patience
}

// checkReadable refuses what is no text that somebody wrote down. A device may never end,
// and reading some does something.
func checkReadable(mode fs.FileMode) error {
	switch {
	case mode.IsDir():
		return errors.New("it is a folder")
	case mode&fs.ModeSocket != 0:
		return errors.New("it is a socket")
	case mode&(fs.ModeDevice|fs.ModeIrregular) != 0:
		return errors.New("it is a device, not a file")
	}
	return nil
}

// readBefore reads a file whole. To open a pipe, or to read it, may block for ever in
// a way that nothing interrupts: then it is left behind, and ends with the process.
func readBefore(ctx context.Context, path string, most int64, late error, wait time.Duration) (File, error) {
	type outcome struct {
		File
		error
	}
	ended := make(chan outcome, 1)
	go func() {
		read, err := readWhole(path, most)
		ended <- outcome{read, err}
	}()
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case o := <-ended:
		return o.File, o.error
	case <-ctx.Done():
		return File{}, ctx.Err()
	case <-timer.C:
		return File{}, late
	}
}

func readWhole(path string, most int64) (File, error) {
	file, err := os.Open(path) // #nosec G304 -- the operator names it
	if err != nil {
		return File{}, WithoutPath(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err == nil {
		err = checkReadable(info.Mode()) // it may have been exchanged since
	}
	if err != nil {
		return File{}, WithoutPath(err)
	}
	text, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(text)) > most {
		err = fmt.Errorf("it is longer than %d kB", most>>10)
	}
	return File{text, info}, WithoutPath(err)
}

// WithoutPath returns why an operation on a file failed, without the name of the file,
// which the caller adds.
func WithoutPath(err error) error {
	if failed := (*fs.PathError)(nil); errors.As(err, &failed) {
		return failed.Err
	}
	return err
}
