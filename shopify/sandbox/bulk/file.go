package bulk

import (
	"compress/gzip"
	"io"
	"os"
	"sync"
)

// resultFile is the result of an operation.
type resultFile struct {
	file *os.File
	size int64

	packing sync.Once
	packed  *resultFile // compressed, made when it is asked for
}

func (f *resultFile) content() io.ReadSeeker { return io.NewSectionReader(f.file, 0, f.size) }

// compressed is the file as gzip.
func (f *resultFile) compressed() (io.ReadSeeker, error) {
	var err error
	f.packing.Do(func() { f.packed, err = packed(f.content()) })
	if err != nil || f.packed == nil {
		return nil, err
	}
	return f.packed.content(), nil
}

func packed(content io.Reader) (*resultFile, error) {
	file, err := newSpool()
	if err != nil {
		return nil, err
	}
	to, _ := gzip.NewWriterLevel(file, gzip.BestSpeed) // the level is one that there is
	if _, err := io.Copy(to, content); err != nil {
		return nil, err
	}
	if err := to.Close(); err != nil {
		return nil, err
	}
	size, err := file.Seek(0, io.SeekEnd)
	return &resultFile{file: file, size: size}, err
}

// newSpool makes a file that is gone when it is closed, where the system allows that.
func newSpool() (*os.File, error) {
	file, err := os.CreateTemp("", "sandbox-*.jsonl")
	if err == nil {
		_ = os.Remove(file.Name())
	}
	return file, err
}
