create external table RAW.E; -- SD006: external table RAW.E cannot be deployed yet
create network rule RAW.N; -- SD006: network rule RAW.N cannot be deployed yet
create secret RAW.S; -- SD006: secret RAW.S cannot be deployed yet
create user U; -- SD006: user U cannot be deployed yet
create share SH; -- SD006: share SH cannot be deployed yet
create iceberg table RAW.I; -- SD006: iceberg table RAW.I cannot be deployed yet
create event table RAW.EV; -- SD006: event table RAW.EV cannot be deployed yet
create hybrid table RAW.H; -- SD006: hybrid table RAW.H cannot be deployed yet
create image repository RAW.R; -- SD006: image repository RAW.R cannot be deployed yet
create compute pool CP; -- SD006: compute pool CP cannot be deployed yet
create service RAW.SV; -- SD006: service RAW.SV cannot be deployed yet
create streamlit RAW.SL; -- SD006: streamlit RAW.SL cannot be deployed yet
create notebook RAW.NB; -- SD006: notebook RAW.NB cannot be deployed yet
create git repository RAW.G; -- SD006: git repository RAW.G cannot be deployed yet
create api integration A; -- SD006: api integration A cannot be deployed yet
create security integration SI; -- SD006: security integration SI cannot be deployed yet
create external access integration EA; -- SD006: external access integration EA cannot be deployed yet
create external volume EV; -- SD006: external volume EV cannot be deployed yet
create catalog integration CI; -- SD006: catalog integration CI cannot be deployed yet
create resource monitor RM; -- SD006: resource monitor RM cannot be deployed yet
create network policy NP; -- SD006: network policy NP cannot be deployed yet
create password policy RAW.PP; -- SD006: password policy RAW.PP cannot be deployed yet
create session policy RAW.SP; -- SD006: session policy RAW.SP cannot be deployed yet
create authentication policy RAW.AP; -- SD006: authentication policy RAW.AP cannot be deployed yet
create aggregation policy RAW.AG; -- SD006: aggregation policy RAW.AG cannot be deployed yet
create projection policy RAW.PJ; -- SD006: projection policy RAW.PJ cannot be deployed yet
create cortex search service RAW.C; -- SD006: cortex search service RAW.C cannot be deployed yet
create semantic view RAW.SEM; -- SD006: semantic view RAW.SEM cannot be deployed yet
create data metric function RAW.DM; -- SD006: data metric function RAW.DM cannot be deployed yet
create failover group FG; -- SD006: failover group FG cannot be deployed yet
create application package AP2; -- SD006: application package AP2 cannot be deployed yet
create application APP; -- SD006: application APP cannot be deployed yet
create connection CN; -- SD006: connection CN cannot be deployed yet
create organization account OA; -- SD006: organization account OA cannot be deployed yet
create managed account MA; -- SD006: managed account MA cannot be deployed yet
create model RAW.M; -- SD006: model RAW.M cannot be deployed yet
create dbt project RAW.D; -- SD006: dbt project RAW.D cannot be deployed yet
create mcp server RAW.MS; -- SD006: mcp server RAW.MS cannot be deployed yet
create agent RAW.AGT; -- SD006: agent RAW.AGT cannot be deployed yet
create external function RAW.XF; -- SD006: external function RAW.XF cannot be deployed yet
create contact RAW.CT; -- SD006: contact RAW.CT cannot be deployed yet
create backup policy RAW.BP; -- SD006: backup policy RAW.BP cannot be deployed yet
