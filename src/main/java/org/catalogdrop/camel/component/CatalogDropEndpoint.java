package org.catalogdrop.camel.component;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.catalogdrop.CatalogDropConstants;

/**
 * Load files, texts and rows into lists of Kommo (amoCRM), plan and undo such loads, and read lists.
 *
 * <p>A header of a call wins over the option of the same meaning.
 */
@UriEndpoint(
        firstVersion = "0.2.0",
        scheme = "catalog-drop",
        title = "Catalog Drop",
        syntax = "catalog-drop:operation",
        producerOnly = true,
        category = {Category.SAAS},
        headersClass = CatalogDropConstants.class)
public class CatalogDropEndpoint extends DefaultEndpoint {

    @UriPath(description = "What to do with the body of a call.")
    @Metadata(required = true)
    private CatalogDropOperation operation;

    @UriParam(
            label = "producer",
            description =
                    "The number of the list: for rows that name none, or of the list to read. If it is not set, kommo.catalog-id.")
    private Long list;

    @UriParam(
            label = "producer",
            description =
                    "The name of the drop. Its ending says which format the drop has. If it is not set, the header CamelFileName.")
    private String name;

    @UriParam(
            label = "producer",
            description =
                    "The name of the file in drop.mappings that gives the columns their meaning. If it is not set, the file that fits the name of the drop.")
    private String mapping;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description = "Whether bytes that were loaded before are loaded again. If not, they are refused.")
    private boolean again;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether a drop that is refused as a whole is an exception (DropRefused). If not, the Summary has the reason.")
    private boolean throwOnRefusal;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description = "verify: whether the account is compared too, which reads whole lists.")
    private boolean checkAccount;

    @UriParam(
            label = "producer",
            description =
                    "The name of the account, if catalog-drop.accounts names several. If it is not set, the account of kommo.base-url.")
    private String account;

    /** Makes an endpoint; the component sets its options. */
    public CatalogDropEndpoint(String uri, Component component) {
        super(uri, component);
    }

    @Override
    public Producer createProducer() {
        Map<String, Object> options = new HashMap<>();
        options.put(CatalogDropConstants.CATALOG_ID, list);
        options.put(CatalogDropConstants.DROP_NAME, name);
        options.put(CatalogDropConstants.MAPPING, mapping);
        options.put(CatalogDropConstants.AGAIN, again);
        options.put(CatalogDropConstants.ACCOUNT, account);
        options.put(CatalogDropConstants.CHECK_ACCOUNT, checkAccount);
        options.put(CatalogDropConstants.THROW_ON_REFUSAL, throwOnRefusal);
        return new CatalogDropProducer(this, operation.route(), options);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "catalog-drop: is an endpoint to send to. To hear of drops that have ended, consume from "
                        + CatalogDropConstants.FINISHED + ".");
    }

    public CatalogDropOperation getOperation() {
        return operation;
    }

    public void setOperation(CatalogDropOperation operation) {
        this.operation = operation;
    }

    public Long getList() {
        return list;
    }

    public void setList(Long list) {
        this.list = list;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getMapping() {
        return mapping;
    }

    public void setMapping(String mapping) {
        this.mapping = mapping;
    }

    public boolean isAgain() {
        return again;
    }

    public void setAgain(boolean again) {
        this.again = again;
    }

    public boolean isCheckAccount() {
        return checkAccount;
    }

    public void setCheckAccount(boolean checkAccount) {
        this.checkAccount = checkAccount;
    }

    public String getAccount() {
        return account;
    }

    public void setAccount(String account) {
        this.account = account;
    }

    public boolean isThrowOnRefusal() {
        return throwOnRefusal;
    }

    public void setThrowOnRefusal(boolean throwOnRefusal) {
        this.throwOnRefusal = throwOnRefusal;
    }
}
