package disk

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// holderOf returns the process that has a file locked or writes into it, "" if the system does
// not say, as for a process in another container or on another machine. A line of /proc/locks
// looks like this (proc_locks(5)):
//
//	1: POSIX  ADVISORY  WRITE 4711 fd:01:393230 120 120
func holderOf(path string, why Hold) string {
	if why == ForWriting {
		path += "-shm"
	}
	table, err := os.ReadFile("/proc/locks")
	file, ok := fileID(path)
	if err != nil || !ok {
		return ""
	}
	for line := range strings.Lines(string(table)) {
		if pid, ours := lockOf(strings.Fields(line), file, why); ours {
			return processName(pid)
		}
	}
	return ""
}

// fileID returns a file as /proc/locks names it.
func fileID(path string) (string, bool) {
	info, err := os.Stat(path)
	if err != nil {
		return "", false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", false
	}
	return fmt.Sprintf("%02x:%02x:%d", unix.Major(stat.Dev), unix.Minor(stat.Dev), stat.Ino), true
}

// writeLock is the byte of the log's index that a writer locks
// (https://www.sqlite.org/walformat.html, 2.3).
const writeLock = 120

// lockOf returns the process of a line, if it has the file locked in that way.
func lockOf(fields []string, file string, why Hold) (pid int, found bool) {
	if len(fields) != 8 || fields[3] != "WRITE" || fields[5] != file {
		return 0, false
	}
	pid, err := strconv.Atoi(fields[4])
	from, fromErr := strconv.ParseInt(fields[6], 10, 64)
	to, toErr := strconv.ParseInt(fields[7], 10, 64)
	if fields[7] == "EOF" {
		to, toErr = 1<<62, nil
	}
	if err != nil || fromErr != nil || toErr != nil || pid <= 0 || pid == os.Getpid() {
		return 0, false
	}
	return pid, why == Altogether || from <= writeLock && writeLock <= to
}

func processName(pid int) string {
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	if err != nil {
		return fmt.Sprintf("process %d", pid)
	}
	return fmt.Sprintf("%s (process %d)", strings.TrimSpace(string(name)), pid)
}
