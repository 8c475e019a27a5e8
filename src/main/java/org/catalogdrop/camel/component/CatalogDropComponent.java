package org.catalogdrop.camel.component;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.catalogdrop.camel.SelfInstallation;
import org.catalogdrop.camel.account.HostAccounts;

/** The component {@code catalog-drop}. Safe for many threads. */
@Component("catalog-drop")
public class CatalogDropComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        CatalogDropEndpoint endpoint = new CatalogDropEndpoint(uri, this);
        endpoint.setOperation(
                getCamelContext().getTypeConverter().mandatoryConvertTo(CatalogDropOperation.class, remaining));
        // As not set: a Kamelet hands on all its properties.
        parameters.values().removeIf(""::equals);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        // The jar may have been downloaded after the context has looked for plugins.
        SelfInstallation.ensure(getCamelContext());
        HostAccounts.ensure(getCamelContext());
    }
}
