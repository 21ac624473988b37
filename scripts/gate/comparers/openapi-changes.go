// Prints what libopenapi, the engine of pb33f's openapi-changes, finds between two documents, as oasdiff does: level 3 breaks, 1 does not.
// Build: go mod init judge && go get github.com/pb33f/libopenapi@v0.42.5 && go build -o openapi-changes .
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/pb33f/libopenapi"
)

func main() {
	read := func(i int) libopenapi.Document {
		b, err := os.ReadFile(os.Args[i])
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		d, err := libopenapi.NewDocument(b)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		return d
	}
	changes, err := libopenapi.CompareDocuments(read(1), read(2))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	type finding struct {
		Id    string `json:"id"`
		Level int    `json:"level"`
	}
	list := []finding{}
	if changes != nil {
		for _, c := range changes.GetAllChanges() {
			level := 1
			if c.Breaking {
				level = 3
			}
			list = append(list, finding{fmt.Sprintf("%s.%d", c.Property, c.ChangeType), level})
		}
	}
	json.NewEncoder(os.Stdout).Encode(list)
}
