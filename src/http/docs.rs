//! `/docs` (Swagger UI) and `/redoc`, both from this server alone.
