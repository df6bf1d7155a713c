package records

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"
)

// Sum is a digest of the records from pages that does not depend on their order.
type Sum struct {
	mu    sync.Mutex
	parts [sha256.Size / 8]uint64
}

// add adds a record. A nil Sum adds nothing.
func (s *Sum) add(record any) {
	if s == nil {
		return
	}
	text, err := json.Marshal(record)
	if err != nil {
		panic("records: " + err.Error()) // all values of a record can be written as JSON
	}
	hash := sha256.Sum256(fmt.Appendf(nil, "%T %s", record, text))
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.parts {
		s.parts[i] += binary.BigEndian.Uint64(hash[8*i:])
	}
}

// Text returns the sum in hexadecimal digits, "" for a nil Sum.
func (s *Sum) Text() string {
	if s == nil {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var sum []byte
	for _, part := range s.parts {
		sum = binary.BigEndian.AppendUint64(sum, part)
	}
	return hex.EncodeToString(sum)
}
