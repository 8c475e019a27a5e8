package org.catalogdrop.cli;

import org.catalogdrop.config.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"catalog-drop " + Version.text()};
    }
}
