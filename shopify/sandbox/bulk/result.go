package bulk

import (
	"compress/gzip"
	"io"
	"os"
	"sync"
	"sync/atomic"
)

// result is what an operation has found. The counts may be read while it works, the rest once it is made.
type result struct {
	found, roots atomic.Int64 // so far
	made         atomic.Bool
	failure      string // error code
	file         *resultFile
}

// fileSize is that of the file in bytes, 0 without one.
func (r *result) fileSize() int64 {
	if r.file == nil {
		return 0
	}
	return r.file.size
}

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
	f.packing.Do(func() { f.packed, err = gzipFile(f.content()) })
	if err != nil || f.packed == nil {
		return nil, err
	}
	return f.packed.content(), nil
}

func gzipFile(content io.Reader) (*resultFile, error) {
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

// newSpool makes a temporary file that disappears when it is closed, where the system allows that.
func newSpool() (*os.File, error) {
	file, err := os.CreateTemp("", "sandbox-*.jsonl")
	if err == nil {
		_ = os.Remove(file.Name())
	}
	return file, err
}
