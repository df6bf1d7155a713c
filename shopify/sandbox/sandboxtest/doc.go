// Package sandboxtest is the sandbox as tests and stories need it: a Shop with all that they do to it and know of
// it, and a Server that remembers what it was asked. No part of it is in the released program.
//
// Begin with shop.go and server.go; truth.go is what an importer should find, and verbs.go has the words by which
// scripts and stories have a merchant do something. It may import the sandbox and what that serves.
package sandboxtest
