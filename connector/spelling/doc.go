// Package spelling finds what was most likely meant by a word that is not known: the name
// of a store, a flag, a resource. cobra suggests commands only, and does not know that two
// letters may have changed their places. It imports nothing of the program.
package spelling
