throw new Error("the program has nothing to do");
