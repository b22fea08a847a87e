import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  AboutResponse,
  DependencyInfo,
  GetProgramDependenciesResponse,
  GetRequiredPackagesResponse,
  InstallDependenciesResponse,
  LanguageHandshakeResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PackageDependency, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { unary } from "../grpc/serve";
import { stopAll } from "./child";
import { installedPackages, resourcePlugins } from "./packages";
import { runPlugin } from "./plugin";
import { runProgram } from "./program";
import { programInfo } from "./runtime-options";

type Method =
  | "handshake"
  | "getPluginInfo"
  | "getRequiredPackages"
  | "about"
  | "run"
  | "runPlugin"
  | "installDependencies"
  | "getProgramDependencies"
  | "cancel";

/** The methods of pulumi-language-nodejs that the engine calls for previews, updates, packs and component packages. */
export function languageHost(version: string, engineAddress: string): Pick<ILanguageRuntimeServer, Method> {
  return {
    handshake: unary(() => new LanguageHandshakeResponse()),
    getPluginInfo: unary(() => {
      const info = new PluginInfo();
      info.setVersion(version);
      return info;
    }),
    about: unary(() => {
      const about = new AboutResponse();
      about.setExecutable(process.execPath);
      about.setVersion(process.version);
      return about;
    }),
    getRequiredPackages: unary((request) => {
      const response = new GetRequiredPackagesResponse();
      response.setPackagesList(
        resourcePlugins(programInfo(request).getProgramDirectory()).map(packageDependency),
      );
      return response;
    }),
    getProgramDependencies: unary((request) => {
      const response = new GetProgramDependenciesResponse();
      response.setDependenciesList(
        installedPackages(programInfo(request).getProgramDirectory()).map(({ name, version: installed }) => {
          const dependency = new DependencyInfo();
          dependency.setName(name);
          dependency.setVersion(installed);
          return dependency;
        }),
      );
      return response;
    }),
    run: unary((request) => runProgram(request, engineAddress)),
    runPlugin: (stream) => {
      runPlugin(stream).then(
        () => stream.end(),
        (error: Error) => stream.destroy(error),
      );
    },
    // Everything is installed by npm before the suite starts; a closed run installs nothing.
    installDependencies: (stream) => {
      const response = new InstallDependenciesResponse();
      response.setStdout(Buffer.from("dependencies are installed by npm ci\n"));
      stream.write(response);
      stream.end();
    },
    cancel: unary(() => {
      stopAll();
      return new Empty();
    }),
  };
}

function packageDependency(plugin: { name: string; version: string; server: string }): PackageDependency {
  const dependency = new PackageDependency();
  dependency.setKind("resource");
  dependency.setName(plugin.name);
  dependency.setVersion(plugin.version);
  dependency.setServer(plugin.server);
  return dependency;
}
