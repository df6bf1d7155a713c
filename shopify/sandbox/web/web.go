package web

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"net/http"
)

// RandomHex is 16 random bytes in hexadecimal digits.
func RandomHex() string {
	b := make([]byte, 16)
	rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// NotFound answers what Shopify does not have.
func NotFound(w http.ResponseWriter, _ *http.Request) { Refuse(w, http.StatusNotFound, "Not Found") }

// Refuse answers in the shape of Shopify's refusals outside GraphQL: errors is a string.
func Refuse(w http.ResponseWriter, status int, errors string) {
	WriteJSON(w, status, map[string]string{"errors": errors})
}

// WriteJSON answers with a body in JSON.
func WriteJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.Encode(body) // a client that went away is no concern of ours
}
