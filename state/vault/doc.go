// Package vault seals secrets and guards the key with which they are sealed: where it lies,
// how it is made, and who else may touch its file. It stores no secrets.
//
// It may import connector, connector/given and connector/durable. Begin with Key in key.go;
// seal.go has the format of a sealed secret, guard.go finds out who could replace the key.
package vault
