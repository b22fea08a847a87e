// The engine starts the folder that holds PulumiPlugin.yaml, so the plugin has a folder of its own beside the library.
require("../dist/plugin");
