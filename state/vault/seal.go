package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/eshopos/eshopctl/connector"
)

// A sealed secret is a version (1 byte), the id of the key (8 bytes), and nonce, ciphertext and
// tag of AES-256-GCM. The connector that it belongs to is authenticated with it, so a secret
// that was moved, or whose connector was altered, does not open.
const (
	sealVersion = 2
	keyIDSize   = 8
)

// The reasons why a secret does not open.
var (
	ErrOtherKey = errors.New("the secrets in the state file were sealed with another key")
	errMoved    = errors.New("it was sealed for another connector, or altered")
)

// Sealer seals and opens secrets with one key.
type Sealer struct {
	id   []byte // identifies the key without revealing it
	aead cipher.AEAD
	flaw error // what is wrong with the key file
}

func newSealer(material []byte) (*Sealer, error) {
	block, err := aes.NewCipher(material)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	id, err := hkdf.Key(sha256.New, material, nil, "eshopctl key id 1", keyIDSize)
	return &Sealer{id: id, aead: aead}, err
}

func (s *Sealer) sealBound(secret connector.Secret, belongsTo ...string) []byte {
	header := append([]byte{sealVersion}, s.id...)
	// #nosec G407 -- this cipher draws its own nonce and wants none
	return s.aead.Seal(header, nil, []byte(secret.Reveal()), bindingOf(belongsTo))
}

func (s *Sealer) openBound(sealed []byte, belongsTo ...string) (connector.Secret, error) {
	if !s.FitsKey(sealed) {
		return connector.Secret{}, s.otherKeyError()
	}
	text, err := s.aead.Open(nil, nil, sealed[1+keyIDSize:], bindingOf(belongsTo))
	if err != nil || sealed[0] != sealVersion {
		return connector.Secret{}, errMoved
	}
	return connector.NewSecret(string(text)), nil
}

// otherKeyError is the error of a secret that another key sealed. If the key file has a
// flaw, that may be the reason.
func (s *Sealer) otherKeyError() error {
	if s.flaw == nil {
		return ErrOtherKey
	}
	return fmt.Errorf("%w: %w", ErrOtherKey, s.flaw)
}

// FitsKey reports whether the secret was sealed with this key.
func (s *Sealer) FitsKey(sealed []byte) bool {
	return len(sealed) > 1+keyIDSize && bytes.Equal(sealed[1:1+keyIDSize], s.id)
}

// bindingOf encodes each part with its length, so that different lists of parts never look
// alike.
func bindingOf(parts []string) []byte {
	var bound []byte
	for _, part := range parts {
		bound = binary.BigEndian.AppendUint32(bound, uint32(len(part)))
		bound = append(bound, part...)
	}
	return bound
}

// SealFor seals a secret so that it opens for this connector only, at this domain.
func (s *Sealer) SealFor(c connector.Connector, name string, secret connector.Secret) []byte {
	return s.sealBound(secret, belongsTo(c, name)...)
}

// OpenFor opens what SealFor sealed.
func (s *Sealer) OpenFor(c connector.Connector, name string, sealed []byte) (connector.Secret, error) {
	return s.openBound(sealed, belongsTo(c, name)...)
}

func belongsTo(c connector.Connector, name string) []string {
	return []string{"eshopctl secret", c.Store, c.Provider, c.AccountID, c.ClientID, name, c.Domain}
}
