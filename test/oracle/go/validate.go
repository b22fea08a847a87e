package main

import "evenkeel.io/test/oracle/apiserver"

func init() {
	register("validate", apiserver.AnswerCreate)
	register("validateUpdate", apiserver.AnswerUpdate)
	register("validateWorkload", apiserver.AnswerCreateWorkload)
}
