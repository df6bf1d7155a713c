// Package vault seals secrets, and guards the key that they are sealed with: where it lies,
// how it is made, and who else may touch its file. It stores nothing.
//
// It may import connector, connector/given and connector/durable. Begin with Key in key.go;
// seal.go says what a sealed secret consists of, guard.go who could exchange the key.
package vault
