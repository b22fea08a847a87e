throw new Error("this pack cannot load");
