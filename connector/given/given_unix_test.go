//go:build unix

package given

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestReadOnlyFilesAndPipes(t *testing.T) {
	folder := t.TempDir()
	short, err := os.MkdirTemp("", "g") // names of sockets may be short only
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(short)
	socket, err := net.Listen("unix", filepath.Join(short, "s"))
	if err != nil {
		t.Skip(err)
	}
	defer socket.Close()
	large := filepath.Join(folder, "large")
	if err := os.WriteFile(large, make([]byte, mostOfFile+1), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, says := range map[string]string{
		folder: "a folder", "/dev/zero": "a device", "/dev/full": "a device", socket.Addr().String(): "a socket", large: "longer than 1024 kB",
	} {
		var files Files
		if _, err := files.Read(t.Context(), path); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
	var files Files
	if read, err := files.Read(t.Context(), os.DevNull); err != nil || len(read.Text) > 0 {
		t.Errorf("nothing: %q, %v", read.Text, err)
	}
	if _, err := files.Read(t.Context(), filepath.Join(folder, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func pipe(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { // lets go whoever is still at it
		if end, err := os.OpenFile(path, os.O_RDWR, 0); err == nil {
			end.Close()
		}
	})
	return path
}

// writeInto writes into a pipe as another program does.
func writeInto(t *testing.T, path string, text []byte) {
	t.Helper()
	end, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Error(err)
		return
	}
	_, _ = end.Write(text) // the reader may have enough
	_ = end.Close()
}

func TestPipesAreReadOnce(t *testing.T) {
	path := pipe(t)
	go writeInto(t, path, []byte("store: main\n"))
	var files Files
	for range 2 {
		if read, err := files.Read(t.Context(), path); err != nil || string(read.Text) != "store: main\n" {
			t.Fatalf("%q, %v", read.Text, err)
		}
	}
}

func TestPipesHaveBounds(t *testing.T) {
	endless := pipe(t)
	go writeInto(t, endless, bytes.Repeat([]byte("x"), mostOfPipe+1))
	var files Files
	if _, err := files.Read(t.Context(), endless); err == nil || !strings.Contains(err.Error(), "longer than 64 kB") {
		t.Error(err)
	}
	silent := Files{patience: time.Millisecond}
	if _, err := silent.Read(t.Context(), pipe(t)); err == nil || !strings.Contains(err.Error(), "nobody wrote") {
		t.Error(err)
	}
	held := pipe(t) // somebody has it open and says nothing
	end, err := os.OpenFile(held, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer end.Close()
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := files.Read(stopped, held); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
